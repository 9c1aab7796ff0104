class CampaignRefused(Exception):
    """The campaign or the signature cannot take this step; the message is a full sentence for whoever asked."""
