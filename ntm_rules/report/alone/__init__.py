"""A page that stands alone: one file that asks for no other, to be sent or printed."""
