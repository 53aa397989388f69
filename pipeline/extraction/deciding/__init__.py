"""What decided the fields of one number: each thing that may have is left out, and the code that decides is
asked again. Nothing here decides a field, and nothing on the way of a refresh asks for it.
"""
