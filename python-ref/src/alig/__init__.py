"""ALI-G, a drop-in for the ``alig`` package of its authors.

``alig.th`` holds the optimizers for PyTorch, ``alig.tf`` the one for
TensorFlow 2 through its v1 API. Import the one you need; neither needs the other.

References:
    Berrada, Zisserman, Kumar, "Training Neural Networks for and by
    Interpolation", ICML 2020, arXiv:1906.05661.
"""
