"""The handbook (操盘手册): rules as files, their reader and matcher."""
