"""The words every number is written in: money, time, ratio, interval, clock, text."""
