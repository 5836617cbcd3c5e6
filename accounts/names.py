"""Names of persons as documents write them. Pure."""


def signature_name(full_name: str) -> str:
    """«Зимина Елена Павловна» → «Е. П. Зимина»; a name of one word stays as it is."""
    family, initials = _split(full_name)
    return f"{initials} {family}".strip()


def list_name(full_name: str) -> str:
    """«Зимина Елена Павловна» → «Зимина Е. П.», as in lists and headers."""
    family, initials = _split(full_name)
    return f"{family} {initials}".strip()


def _split(full_name: str) -> tuple[str, str]:
    family, *given = full_name.split()[:3] or [""]
    return family, " ".join(f"{word[0]}." for word in given)
