"""Names of persons as documents write them. Pure."""


def signature_name(full_name: str) -> str:
    """«Федотова Нина Эдуардовна» → «Н. Э. Федотова»; a name of one word stays as it is."""
    family, initials = _split(full_name)
    return f"{initials} {family}".strip()


def list_name(full_name: str) -> str:
    """«Федотова Нина Эдуардовна» → «Федотова Н. Э.», as in lists and headers."""
    family, initials = _split(full_name)
    return f"{family} {initials}".strip()


def _split(full_name: str) -> tuple[str, str]:
    family, *given = full_name.split()[:3] or [""]
    return family, " ".join(f"{word[0]}." for word in given)
