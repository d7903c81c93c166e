"""How the encoder's weights are made: `python -m training DATA OUT`. Needs PyTorch, which the pipeline does not."""
