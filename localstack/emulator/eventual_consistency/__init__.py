"""AWS is eventually consistent: what was written is seen late by others, and answers take their time. A seed decides how late."""
