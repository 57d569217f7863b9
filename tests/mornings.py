"""What plans of a desk open on weekday mornings share: February 2027, part-timers with one shift."""

HOURS = """\
[horizon]
start = 2027-02-01
end = 2027-02-28
time_zone = "Asia/Tokyo"
interval_minutes = 60

[hours]
monday = ["09:00-12:00"]
tuesday = ["09:00-12:00"]
wednesday = ["09:00-12:00"]
thursday = ["09:00-12:00"]
friday = ["09:00-12:00"]
"""

PEOPLE = """\
[staff]
file = "agents.csv"

[[contracts]]
name = "part"
min_hours_week = 0
max_hours_week = 20
max_shifts_week = 5
shifts = ["D"]

[[shifts]]
code = "D"
first_start = "09:00"
last_start = "09:00"
length_minutes = 180

[labour]
week_start = "monday"
"""
