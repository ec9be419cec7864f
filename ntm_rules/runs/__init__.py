"""What a run does, whoever asks for it: values in, and a result or a refusal out; no screen and no exit status."""
