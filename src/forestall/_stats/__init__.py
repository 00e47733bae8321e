"""These kernels know numbers only: arrays in, numbers out."""
