module certtide.dev/yardstick

go 1.19
