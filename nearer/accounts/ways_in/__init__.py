"""Ways into the vault: passphrase, recovery code and passkeys, and all of them made anew."""
