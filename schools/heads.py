"""By which post a school's head is known where no role tells it. Pure."""

_POSTS = (
    "директор",
    "и.о. директора",
    "и. о. директора",
    "исполняющий обязанности директора",
    "исполняющая обязанности директора",
    "врио директора",
)
#: Beginnings of posts as people write them: SQLite knows letter case for ASCII only.
HEAD_POSTS = (*_POSTS, *(post[0].upper() + post[1:] for post in _POSTS))


def is_head_post(post: str) -> bool:
    """Whether this is the post of a head; «Заместитель директора» is not."""
    return post.strip().startswith(HEAD_POSTS)
