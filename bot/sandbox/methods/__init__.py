"""The Bot API's methods, one file per subject; `offered` finds them."""
