"""Tests of ntm_rules.plan."""
