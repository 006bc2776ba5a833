"""What stands between the network and Django: two lanes for pages, one for streams."""
