"""Files of pictures, sound, film and documents: their kinds, whether they may be published, and in which sizes."""
