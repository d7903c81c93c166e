"""The commands of the command line, a module each: arguments in, text on standard output, an exit status out."""
