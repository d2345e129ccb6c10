"""Files of pictures, sound, film and documents: what they are, whether they may be published, and in which sizes."""
