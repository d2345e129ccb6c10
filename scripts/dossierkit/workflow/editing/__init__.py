"""The whole repository under an editor: read once, decided on and edited, taken back. What the desk and the terminal work on."""
