"""How alarms are read afterwards."""
