"""Problems: findings one by one, each as the facts of its rectification leave it."""
