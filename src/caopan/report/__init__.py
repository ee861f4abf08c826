"""The pages one sends: one self-contained file each."""
