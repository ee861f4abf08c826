"""诊断: growth stage, exact decomposition, peers, findings."""
