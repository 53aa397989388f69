"""Commands beside those of `cli`: what reads the published file, what makes and examines an own folder."""
