"""What a recogniser is told to listen for, on the sample corpus."""

from assistant.services import Services


def test_the_corpus_words_that_no_recogniser_knows_come_first(sample: Services) -> None:
    words = sample.hearing.likely()
    assert {"青澜市公安局", "政府信息公开", "行政复议", "办结"} <= set(words)
    assert not {"工作", "办公室", "公室", "进一步"} & set(words)
    assert words == sample.hearing.likely()
