"""trialc: the compiler of clinical-trial protocols that are written as source code."""

__version__ = "0.1.0"
