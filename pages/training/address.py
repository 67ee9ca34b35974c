"""What question 3 calls things in its address, and its experiments; nothing that draws is needed to know them."""

# The experiments as their choice calls them, and the key of that choice
EXPERIMENT = "experiment"
ONE_TRAINING, LADDER, OVER_SEEDS, OVER_SPLITS, SWEEP = (
    "One training",
    "The ladder",
    "Over seeds",
    "Over splits",
    "A sweep",
)
EXPERIMENTS = (ONE_TRAINING, LADDER, OVER_SEEDS, OVER_SPLITS, SWEEP)
# The axis of the loss; which side of a training is looked at; the order of the ladder's changes
LOG, SIDE, ORDER = "log_loss", "look", "order"
# Of the curves over seeds
QUANTITY, ZOOM = "seeds_curve", "seeds_zoom"
# Of the inside of a network: whose, which image, which unit, and its weights or their change
MODEL, IMAGE, UNIT, SHOW = "inside_model", "inside_image", "inside_unit", "inside_show"
VIEWS = (LOG, SIDE, ORDER, QUANTITY, ZOOM, MODEL, IMAGE, UNIT, SHOW)
