"""A question's whole sheet as plain data: matrices of cells that are given, shown or asked, in the sheet's order."""
