"""What each action of ours takes."""
