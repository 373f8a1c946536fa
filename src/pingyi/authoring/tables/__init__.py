"""Tables as offices send them: workbooks and text files → sheets of cells, and what is wrong where."""
