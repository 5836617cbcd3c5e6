"""The picture of the network: who helps whom, laid out and drawn on the server (R072, R168)."""
