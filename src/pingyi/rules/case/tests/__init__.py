"""The rules of a case, as stories and as laws."""
