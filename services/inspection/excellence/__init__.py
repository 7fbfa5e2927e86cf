"""The excellence programme (四优窗口): commitments, marks, and the incidents that speak against a window."""
