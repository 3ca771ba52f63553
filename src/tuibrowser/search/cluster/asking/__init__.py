"""How hosts are asked, and which of them are there."""
