"""From a plan to ranked passages: the routes, what a candidate has of the question, the score, marks, the verdict."""
