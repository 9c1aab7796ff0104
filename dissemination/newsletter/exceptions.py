class NewsletterRefused(Exception):
    """The issue cannot take this step; the message is a full sentence for whoever asked."""
