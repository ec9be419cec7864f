"""Papers in Word, laid out by Nghị định 30/2020/NĐ-CP: unsigned drafts that people complete, number and sign."""
