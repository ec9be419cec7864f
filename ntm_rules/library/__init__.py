"""The package as a library for analysts and notebooks; `ntm_rules` hands its names out."""
