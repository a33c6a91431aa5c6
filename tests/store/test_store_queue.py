from store_samples import make_report


def waiting(store):
    return [entry.report_id for entry in store.index_queue()]


def settle_all(store):
    store.settle_index([entry.sequence for entry in store.index_queue()])


def test_added_replaced_and_removed_reports_wait_for_the_index(store):
    one, two = make_report(1), make_report(2)
    assert store.index_queue() == []
    store.save(one)
    store.save(two)
    assert waiting(store) == [one.id, two.id]
    store.save(make_report(1, version=2))
    assert waiting(store) == [two.id, one.id]
    settle_all(store)
    assert store.index_queue() == []
    store.save(two)
    assert store.index_queue() == []
    store.remove(two.id)
    assert waiting(store) == [two.id]
    assert store.report(two.id) is None


def test_a_report_that_changes_between_reading_and_settling_still_waits(store):
    store.save(make_report(1))
    store.save(make_report(2))
    read = store.index_queue()
    store.save(make_report(1, version=2))
    store.settle_index(entry.sequence for entry in read)
    assert waiting(store) == [make_report(1).id]
    assert store.index_queue()[0].sequence > max(entry.sequence for entry in read)


def test_settling_part_leaves_the_rest(store):
    for number in range(3):
        store.save(make_report(number))
    first, second, third = store.index_queue()
    store.settle_index([second.sequence])
    assert store.index_queue() == [first, third]
    store.settle_index([])
    store.settle_index([second.sequence])
    assert store.index_queue() == [first, third]


def test_sequence_numbers_are_never_used_again(store):
    store.save(make_report(1))
    (read,) = store.index_queue()
    store.settle_index([read.sequence])
    store.save(make_report(1, version=2))
    store.settle_index([read.sequence])  # settled twice, as after a crash
    assert waiting(store) == [make_report(1).id]


def test_enqueue_all_enters_every_report_once_and_keeps_removals(store):
    for number in range(4):
        store.save(make_report(number))
    settle_all(store)
    store.remove(make_report(0).id)
    store.save(make_report(1, version=2))
    before = store.index_queue()
    store.enqueue_all()
    assert sorted(waiting(store)) == sorted(make_report(number).id for number in range(4))
    store.settle_index(entry.sequence for entry in before if entry.report_id != make_report(0).id)
    assert len(store.index_queue()) == 4


def test_a_long_queue_settles(store):
    for number in range(600):
        store.save(make_report(number, passages=1))
    assert store.counts().waiting == 600
    settle_all(store)
    assert store.counts().waiting == 0
