"""Base templates, components, navigation, the desk (今日工作台)."""
