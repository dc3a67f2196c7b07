@rem placeholder
