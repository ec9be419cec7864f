"""The conditions over many reports at once: which of them find something in which reports, in exact integers.

What a finding is stays with the modules above, which look at one report; each module here says the same of all.

    figures             the figures of all reports, now and in the year before, and comparisons that pass 64 bits
    hits                what one condition finds in all reports
    relations ... readings   the conditions
    findings            every check over all reports -> findings, made when somebody looks at them
"""
