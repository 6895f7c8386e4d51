"""All that the process of a page loads: base.text, the protocol, and this."""
