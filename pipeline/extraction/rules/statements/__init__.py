"""An analysed document in; what each sentence states to have happened, one event statement a trigger, out."""
