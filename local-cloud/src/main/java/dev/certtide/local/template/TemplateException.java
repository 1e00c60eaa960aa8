package dev.certtide.local.template;

/** A template, or a part of one, that this cloud cannot run as written. The message names the place and the reason. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TemplateException(String message) {
        super(message);
    }

    public TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
