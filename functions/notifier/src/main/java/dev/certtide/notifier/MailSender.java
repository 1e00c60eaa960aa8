package dev.certtide.notifier;

import dev.certtide.model.Channel;

/** Sends mail by what the deployment has configured for it. */
final class MailSender implements Sender<Channel.Email> {
    private final Secrets secrets;
    private final SmtpMail smtp;
    private final SesMail ses;

    MailSender(Secrets secrets, SmtpMail smtp, SesMail ses) {
        this.secrets = secrets;
        this.smtp = smtp;
        this.ses = ses;
    }

    @Override
    public Outcome send(Notice notice, Channel.Email channel) {
        var service = secrets.mail();
        var unsubscription = secrets.links().unsubscription(notice.notification(), channel.address());
        var mail = new Mail(notice, service.from(), channel.address(), unsubscription);
        return switch (service) {
            case MailRoute.Smtp server -> smtp.send(mail, server);
            case MailRoute.Ses _ -> ses.send(mail);
        };
    }
}
