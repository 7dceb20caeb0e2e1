"""Addresses of the record as links."""


def url_of(address: str) -> str:
    """The address of a source as a link: the register has some without a scheme."""
    return address if address.startswith(("http://", "https://")) else f"https://{address}"
