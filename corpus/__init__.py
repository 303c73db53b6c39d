"""The bundled corpus: five texts with gold records, synthetic documents, and the generator that typesets them."""
