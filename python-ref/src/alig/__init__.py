"""ALI-G, a drop-in replacement for the ``alig`` package of its authors.

``alig.th`` has the optimizers for PyTorch, ``alig.tf`` the optimizer for
TensorFlow 2 through its v1 API. Neither package needs the other.

References:
    Berrada, Zisserman, Kumar, "Training Neural Networks for and by
    Interpolation", ICML 2020, arXiv:1906.05661.
"""
