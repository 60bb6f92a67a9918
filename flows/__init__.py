"""Flows touch the world: input, network, Prefect, the command line. No rule about language."""
