"""trialc: the compiler that turns a clinical trial's protocol, written as source code, into artefacts."""

__version__ = "0.1.0"
