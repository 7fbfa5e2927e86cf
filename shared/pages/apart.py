"""What is said of bus and database that do not stem from one moment."""

WHY = {
    "another-stream": "总线是新建的，原来的数据不在其中",
    "bus-earlier": "总线是较早时刻的，缺少数据库已办理的报送",
    "database-earlier": "数据库是较早时刻的，缺少已经办理并告知各服务的事项",
}
"""By its slug."""
