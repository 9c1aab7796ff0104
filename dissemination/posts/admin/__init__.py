from dissemination.posts.admin.channels import ChannelAdmin, ChannelDayAdmin, ChannelFigureAdmin
from dissemination.posts.admin.posts import PostAdmin
from dissemination.posts.admin.versions import PostVersionAdmin

__all__ = ["ChannelAdmin", "ChannelDayAdmin", "ChannelFigureAdmin", "PostAdmin", "PostVersionAdmin"]
